# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""The grammar of special measures, by sentence, text and rule. All wording is our own, modelled on the classes and traps of CQC's
and the press's language.
"""

import pytest

from monitor.cqc.read import special_measures
from monitor.cqc.read.special_measures import decide
from monitor.cqc.read.special_measures_rules import RULES, Rule
from monitor.model import MeasuresState

IN, ENTERED, REMAINS, LEFT, NOT_STATED, UNCLEAR = (
    MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.REMAINS, MeasuresState.LEFT, MeasuresState.NOT_STATED, MeasuresState.UNCLEAR)  # fmt: skip

HOLDS_NOW = """
The overall rating for this service is 'Inadequate' and the service is therefore in 'special measures'.
The overall rating for this service is inadequate, and it is now in special measures.
This practice is in special measures.
The provider is now under special measures.
Overall the home has been rated inadequate and is in Special Measures.
As a result the agency is currently in special measures.
The service is therefore in ‘special measures’ .
This means the home is now in special measures and we will keep it under review.
Because of its rating, Meadow View is in special measures.
The hospital is on special measures.
The service is in special measures, which means we will inspect it again within six months.
The location is in special measures and could be closed if it does not improve.
The care home is subject to special measures.
As the overall rating is inadequate, this service is in special\xa0measures.
Hillside Nursing Home in special measures
This service is in special-measures.
The clinic's overall rating is inadequate and this places... it is therefore in special measures.
It is currently in special measures, meaning that we keep it under close review.
The service is now in special measures, which means it will be closely monitored to ensure people are kept safe while improvements are made.
It is now in special measures so that CQC can monitor it closely.
Due to our findings the service has been rated as inadequate and is in special measures.
Service in special measures
Ferndale Lodge is currently rated inadequate and in special measures.
We will work with the local authority while the service is in special measures.
As the home is in special measures, we will inspect again within six months.
Because the service is in special measures, new admissions need our agreement.
Care home now in special measures
The overall rating for this practice is inadequate and the practice is in special measures.
The home has been rated inadequate and is now in special measures due to poor care.
The service is rated inadequate and is in special measures.
Overall, it is rated as inadequate, which means that it is in special measures.
Because of the overall rating of inadequate the service is under special measures.
As a result of the inadequate rating the service is now in special measures.
The Elms is now in special measures and will be reinspected within six months.
The home, which is in special measures, will be inspected again.
Bristol nursing home is in special measures
Means the service is in special measures.
CQC said the home was now in special measures.
This means the service falls within special measures.
The service comes under special measures.
The service is inadequate and therefore in special measures.
Ratings: inadequate. The service is in special measures.
It is currently under special measures following an inspection in May.
The Firs – in special measures
The provider of this service is in special measures.
"""

ENTERED_WITH_THIS = """
This service is being placed in special measures.
The service is being placed into special measures.
We have placed the service in special measures.
We have placed the practice into special measures to protect patients.
We are placing the practice into special measures.
I am placing this service in special measures.
I am placing the practice into special measures so that it gets support from NHS England.
The overall rating for this service is inadequate, and it will be placed in special measures.
The service will now be placed in special measures.
Because it is rated inadequate, the home will be put into special measures.
The home has been rated inadequate and placed in special measures.
The care home was rated inadequate and placed in special measures.
A Kent care home has been placed in special measures after inspectors found residents at risk.
The Care Quality Commission has placed Elm Court in Leicester in special measures.
CQC has moved the home into special measures.
The surgery has been put in special measures.
The surgery has gone into special measures.
Oakfield went into special measures following our visit in June.
The agency has entered special measures.
It enters special measures with this report.
The rating of inadequate places it in special measures.
Inspectors' findings put the home into special measures.
Watchdog puts nursing home in special measures
Care home placed in special measures after damning report
Derby homecare agency put into special measures by CQC
Special measures have been imposed on Willow Lodge by the regulator.
Special measures were imposed on the practice because of our findings.
The practice has become the thirteenth in England to be placed under special measures.
It is the second time that the home has been placed in special measures.
The service has been placed back in special measures.
The home has been returned to special measures.
The service has fallen back into special measures.
We took the decision to place the service in special measures.
We have taken the decision to place this service into special measures.
Our decision to place the home in special measures was not taken lightly.
CQC decided to place the clinic in special measures.
CQC has had no choice but to place the service in special measures.
This led us to place the provider in special measures.
We did not see enough improvement and have placed the service in special measures.
The service was previously rated good and has now been placed in special measures.
The home, which was previously rated good, was rated inadequate and placed in special measures.
The home has dropped from good to inadequate and has been placed into special measures.
The service is to be placed in special measures.
The service, therefore, will be placed under special measures.
As a result of this inspection the service has been placed into what is known as special measures.
We have rated it inadequate, placing it in special measures.
We have taken enforcement action and put the home in special measures.
The home has been put into special measures and could be closed if it does not improve.
The service will be placed in special measures and, if there is no improvement, we will act to close it.
Chief inspector: "I have placed the home in special measures."
We’ve placed the service in special measures to keep people safe.
We therefore placed the service in special measures.
As a consequence the service is going into special measures.
The Willows has been made subject to special measures.
A GP surgery rated inadequate across the board has been placed in special measures.
Because we rated the service inadequate, we have put the service into special measures.
The practice will be placed in special measures for a period of six months.
CQC rates Rose Cottage inadequate and places it in special measures
The regulator has now placed the facility under special measures.
The decision means the practice enters special measures today.
The service has been rated as inadequate which means it has been placed in special measures.
As a result of this inspection, the service has been placed in special measures which means it will be kept under close review by CQC to keep people safe and it will be re-inspected to assess whether improvements have been made.
It has also been placed into special measures and will be kept under close review to make sure people are safe.
We have rated the service as inadequate overall and placed it in special measures.
CQC has told the provider it must make urgent improvements, after rating it inadequate and placing it in special measures following an inspection in May.
The CQC has rated the home inadequate, and has placed it into special measures.
Inadequate-rated home put in special measures
The home will enter special measures.
The service is going to be placed in special measures.
This service is now rated inadequate and has therefore been placed in special measures.
We’re placing the service in special measures.
we are therefore putting the service into special measures.
People can be reassured that we have placed the service in special measures and will monitor it.
We could not be assured people were safe so placed the service in special measures.
CQC took urgent action to place conditions on the home and put it in special measures.
Ashdown is the latest home to be placed in special measures.
The service is not improving fast enough and is being placed in special measures.
Because the service has not improved it will be placed in special measures.
The service did not meet the required standard so we placed it in special measures.
The home has been rated inadequate overall and put into special measures by the Care Quality Commission (CQC).
Inspectors rated the agency inadequate, down from good, and it was put into special measures.
The overall rating has gone down from requires improvement to inadequate, and the service is now being placed in special measures.
The regulator said it had placed the home in special measures.
CQC said it was placing the home in special measures.
Following the inspection, CQC placed the home in special measures.
An inspection in July resulted in the home being placed in special measures.
The inadequate rating meant the service was placed into special measures.
This report places the service in special measures.
The watchdog has taken the step of placing the home into special measures.
The surgery has been rated inadequate and, as a result, placed into special measures.
Following an unannounced inspection on 3 and 4 June 2025, the service has been rated as inadequate and placed in special measures.
Consequently, this service has now been placed in Special Measures by CQC.
Special measures: Ashdown House rated inadequate and placed in special measures
The home has been thrust into special measures.
The home has been made subject to special measures by CQC.
The provider's registration is under review and we have placed this service in special measures.
CQC places Bristol homecare service in special measures
CQC rates Luton care home inadequate and puts it in special measures
Given the seriousness of what we found, this service will go straight into special measures.
We have today placed Ashdown House in special measures.
Ashdown House has today been placed in special measures.
People living at Ashdown House deserve better, which is why we have placed it in special measures.
The home was rated inadequate overall, and so was placed in special measures.
We are so concerned that we have moved the service into special measures.
Rowan Court has been rated inadequate following a CQC inspection and is now being placed in special measures by the regulator.
This rating means the service will be placed into special measures.
The service has been rated inadequate overall, and placed into special measures, following a focused inspection.
After finding multiple breaches, inspectors placed the agency in special measures.
CQC inspectors put the service into special measures to protect the people living there.
The practice, which looks after 9,000 patients, has been placed in special measures.
CQC has this week moved the service into special measures.
The overall rating has fallen from requires improvement to inadequate. This means it has been put in special measures.
As a consequence of the above, the service has been placed in 'special measures'.
Therefore we are placing this service into 'special measures'.
The provider now enters special measures.
A nursing home has been put into special measures less than a year after it was rated good.
Special measures: home must improve after CQC places it in special measures
Inspectors' damning report puts Hull care home in special measures
The Old Rectory has been told it will be placed in special measures.
The care provider was issued with a warning notice and placed in special measures.
The service has therefore been rated as inadequate and will be put in special measures.
The home was downgraded from good to inadequate and placed in special measures.
These failings have resulted in the service being put in special measures.
The provider has been in breach of regulations, so we have taken the step of putting the service into special measures.
We are now placing the home under special measures.
We had no option but to put the home into special measures.
The inspection led to the service being placed in special measures.
It has gone straight into special measures.
Having found the service inadequate, we have placed it into special measures.
People were put at risk so the home has been placed in special measures.
Ivy House must make improvements now that it has been placed in special measures.
The CQC rated the service inadequate in all five areas and placed it in special measures.
Our inspectors were so concerned that the home was put straight into special measures.
This service has now been rated inadequate. It is being placed into special measures.
Due to the overall inadequate rating, special measures have been applied to the service.
The regulator has slapped special measures on the home.
Because of these concerns the surgery was forced into special measures.
CQC rates care home inadequate and places service into special measures
Kent homecare provider enters special measures
Lakeside's rating has plunged from outstanding to inadequate and it is now being put in special measures.
The service is entering special measures.
We have made the decision to put the service into special measures.
The home has once again been placed in special measures.
It has been rated inadequate for a second time and put back into special measures.
The inadequate rating triggers special measures.
"""

STILL_THERE = """
The home is set to exit special measures.
It was recommended that the hospital should exit special measures.
The provider hopes to come out of special measures soon.
Staff are working hard to get out of special measures.
The home must improve in order to leave special measures.
The provider needs to make improvements to come out of special measures.
The aim is for the home to be out of special measures by the summer.
We expect the provider to make enough improvement to come out of special measures.
The service remains in special measures.
Therefore, this service remains in special measures.
This service remains in 'Special Measures'.
The home is still in special measures.
The practice will remain in special measures.
It stays in special measures.
The home is to stay in special measures.
The service continues to be in special measures.
The agency will continue in special measures.
The service has been kept in special measures.
We have kept the home in special measures.
We are keeping the service in special measures.
Its special measures status still stands.
Special measures will continue at this service.
The special measures have been extended by six months.
We have agreed an extension of special measures.
There was insufficient improvement to lift it out of special measures.
The home had not improved enough to be taken out of special measures.
The progress made was not sufficient for it to come out of special measures.
The service has not yet come out of special measures.
The service has failed to make the progress needed to leave special measures.
It is too early to take the service out of special measures.
The provider had not made enough improvement and the service remains in special measures.
The rating stays inadequate and the home remains under special measures.
Care home to remain in special measures
The practice is staying in special measures.
The service will remain in special measures until we are satisfied that people are safe.
The service remains in special measures and if it does not improve we will begin to cancel its registration.
The home has now been in special measures for a year and remains in special measures.
The service has remained in special measures.
The service was rated inadequate again and remained in special measures.
We will keep the service in special measures.
Special measures remain in place at the home.
Despite some improvements, the location is still subject to special measures.
The home was already in special measures following a previous inspection and remains so.
As the service has been rated inadequate for a second time it stays in special measures.
It has been rated inadequate for a second consecutive time, and so remains in special measures.
Improvements weren't enough for the home to exit special measures.
The home has been told it will stay in special measures.
Inspectors found no improvement and the home was kept in special measures.
However, the service will be kept in special measures for a further six months.
The service has not made the improvements required and as such remains in special measures.
We are extending special measures for a further six months.
I have therefore decided to keep the practice in special measures.
The practice will continue to be in special measures.
There is still a rating of inadequate for well-led and so the service remains in 'special measures'.
Although safe had improved, leadership had not, so the home could not come out of special measures.
The provider remains in special measures as not enough improvement was found.
The service therefore remains in special measures, as its rating is still inadequate.
This service was in special measures at the last inspection and remains in special measures.
Although there are improvements, they are not sufficient to take the service out of special measures.
Improvement has been seen, however the service still needs to be in special measures.
Fairview must remain in special measures.
The home stays under special measures.
As safe is still rated inadequate the service will stay in special measures.
The service continues in special measures.
We have decided that the service should remain in special measures.
Not enough progress had been made for us to remove special measures.
Special measures will stay in place until the next inspection.
It is staying in special measures for another six months.
It has been rated inadequate again and continues to be under special measures.
The service was previously placed in special measures and remains in this category.
The practice has not improved enough and will continue to be in special measures.
It was still in special measures.
Inspectors returned but the home has not come out of special measures.
The practice failed to exit special measures.
The home will not be coming out of special measures yet.
The home's stay in special measures has been extended.
The service has yet to leave special measures.
This is not enough to lift special measures.
The special measures will therefore remain.
The service did not improve enough and was left in special measures.
We are not able to take the service out of special measures.
"""

TAKEN_OUT = """
Therefore, this service is no longer in Special Measures.
The service is therefore no longer in special measures.
The home has been taken out of special measures.
The home was taken out of special measures.
I am taking this service out of special measures.
We have removed the service from special measures.
The practice has been removed from special measures.
It has been lifted out of special measures.
The home has been released from special measures.
The surgery has moved out of special measures.
The hospital came out of special measures.
The home has worked its way out of special measures.
The agency has exited special measures.
The agency has left special measures.
The practice is now out of special measures.
Care home exits special measures after improvements
Nursing home out of special measures
Care home taken out of special measures
Special measures have been lifted.
CQC has lifted special measures at the home.
CQC lifts special measures on Derby surgery
The service is no longer subject to special measures.
The service is not in special measures any more.
The home no longer needs to be in special measures.
The improvements mean that the service has come out of special measures.
Staff were praised for the service's removal from special measures.
We decided to take the home out of special measures.
The service had made enough improvement to be taken out of special measures.
The provider has made sufficient improvement to exit special measures.
As a result, we are removing this service from special measures.
The service has improved to requires improvement and has therefore been taken out of special measures.
The service is no longer rated as inadequate overall or in any of the key questions, so it is no longer in special measures.
The home, which was placed in special measures in 2023, is no longer in special measures.
The overall rating has improved and the service has emerged from special measures.
This home has gone from special measures to good.
We can now take the service out of special measures.
The service has ceased to be in special measures.
The home has been brought out of special measures by a new manager.
It is out of special measures.
We found the service had made improvements and it is no longer in special measures.
The home has been rated requires improvement and is out of special measures.
The service is being taken out of special measures.
This means the service will come out of special measures.
It will be removed from special measures.
The rating for the home has moved up from inadequate to requires improvement, and as a result it's been taken out of special measures.
Therefore this service was removed from special measures.
CQC has now lifted the special measures placed on the home.
The special measures have now been removed.
The home's period in special measures has come to an end.
The service had improved enough to exit special measures.
Because of these improvements, special measures no longer apply.
CQC removed the service from special measures.
Surgery comes out of special measures
Home is no longer in special measures after new report
Following this inspection the practice has been taken out of special measures.
The service is rated requires improvement and is therefore no longer in special measures.
As a result of the improvements made, this service is no longer in special measures.
CQC has taken the home out of special measures.
Following improvements, the home has come out of special measures.
The service is now rated good and out of special measures.
The practice has been taken out of special measures following improvements.
A Devon care home has moved out of special measures.
Enough improvements had been made for the service to come out of special measures.
The provider has been able to move out of special measures.
The improvement in its rating means that the service is no longer in special measures.
The home has shaken off its special measures status.
CQC has recognised the improvements and removed the home from special measures.
We are therefore taking the service out of special measures.
I am pleased to take this practice out of special measures.
I am delighted that the practice has come out of special measures.
It's fantastic news that the home is no longer in special measures.
The service has left special measures following a positive inspection.
Following this inspection special measures have been lifted.
Good rating takes home out of special measures
Beech House lifted out of special measures
This means the service can now come out of special measures.
The care home's exit from special measures has been confirmed.
It was no longer in special measures.
The service no longer meets the threshold for special measures.
The service has been re-rated as good, bringing it out of special measures.
Its new rating of requires improvement means it leaves special measures.
The improvements have seen the home lifted out of special measures.
Residents are celebrating after their home came out of special measures.
Special measures have come to an end at the home.
Special measures at the home have ended.
CQC has ended special measures at the home.
The service is free of special measures.
We have therefore lifted the service out of special measures.
The home was able to exit special measures.
"""

HISTORY = """
At our previous inspection in May 2021 we rated the service inadequate and it was placed in special measures.
At the last inspection the service was in special measures.
We had previously rated the service inadequate, placing the service in special measures.
The service had been placed in special measures.
The practice had been in special measures.
Following our last inspection we placed the service in special measures.
The service was placed in special measures in 2022.
The service was placed in special measures in March 2022.
It was previously placed in special measures.
After the last inspection the home was put into special measures.
The home was first placed in special measures in 2019.
The service was last inspected in 2020, when it was placed in special measures.
The service was taken out of special measures in 2019.
The service came out of special measures following its previous inspection.
At our last inspection the service remained in special measures.
Since being placed in special measures, the home has appointed a new manager.
Staff spoke of how things had changed since the home was placed in special measures.
Having been placed in special measures, the provider brought in consultants.
The home spent two years in special measures and had left them by 2018.
The last rating for this service was inadequate (published 3 May 2021) and the service was placed in special measures.
"""

HOW_IT_WORKS = """
The purpose of special measures is to ensure that providers found to be providing inadequate care significantly improve.
Special measures provide a framework within which we use our enforcement powers in response to inadequate care.
Special measures provides a clear timeframe within which providers must improve.
Services in special measures will be kept under review.
Services in special measures will be kept under review and, if we have not taken immediate action, will be inspected again.
Services placed in special measures will be inspected again within six months.
If the service is no longer rated as inadequate for any of the five key questions it will no longer be in special measures.
And it is no longer rated as inadequate for any of the five key questions it will no longer be in special measures.
Special measures does not replace our existing enforcement powers.
We will usually place a service in special measures when it is rated inadequate overall.
For adult social care services the maximum time for being in special measures will usually be no more than 12 months.
Being placed into special measures represents a decision by CQC that a service has to improve.
When a service is in special measures, we inspect it more often.
When a facility is in special measures, it means it is kept under close review.
What are special measures?
Is the home in special measures?
What happens to services in special measures?
Find out more about special measures.
A service rated inadequate overall goes straight into special measures.
Any provider placed in special measures is given six months to improve.
Where a service is rated inadequate for one key question, we place it into special measures after six months.
Special measures will give people who use the service the reassurance that the care they get should improve.
Inadequate services are placed in special measures.
Providers can leave special measures when they have improved.
Special measures
We may place services in special measures.
Services rated as inadequate are normally put in special measures.
Most services come out of special measures within a year.
"""

THREATS_AND_DENIALS = """
The home will be put into special measures if it fails to improve.
If there is no improvement the service will be placed in special measures.
Unless it improves, the practice will go into special measures.
The service could be placed in special measures.
The service may be placed into special measures at the next inspection.
The home is at risk of being placed in special measures.
The home faces being put in special measures.
The home narrowly avoided special measures.
CQC stopped short of placing the home in special measures.
CQC has warned the home that it faces special measures.
The service was not placed in special measures on this occasion.
We have not placed the service in special measures.
We did not place the home in special measures.
The service is not in special measures.
The practice is not subject to special measures.
The home has never been in special measures.
We decided not to place the service in special measures.
Rather than placing the home in special measures, we issued a warning notice.
We considered placing the service in special measures.
There was no need to place the service in special measures.
Special measures could end within weeks.
CQC recommended that the hospital be placed in special measures.
The threat of special measures hangs over the surgery.
Should the service fail to improve, it would be placed in special measures.
The home avoided being placed in special measures.
"""

SOMEBODY_ELSES = """
Another service run by the same provider has been placed in special measures.
The provider's other home is in special measures.
Its sister home was placed in special measures.
The trust is in special measures.
The trust as a whole was placed in special measures.
The trust was put in financial special measures.
The trust remains in special measures for its finances.
The trust left special measures last year.
NHS England has placed the trust in special measures.
NHS Improvement put the organisation into quality special measures.
The trust is in the Recovery Support Programme, formerly special measures.
Two care homes in the county are in special measures.
One of the provider's homes has been placed in special measures.
Three of the group's services remain in special measures.
Several GP practices in the area were placed in special measures.
Ofsted placed the school in special measures.
The council was placed in special measures by the government.
Staff took special measures to stop the infection spreading.
The provider put special measures in place to protect people during the pandemic.
No special measures were needed to keep the premises secure.
Special measures were taken to keep visitors safe.
Elm House, also run by the company, has been placed in special measures.
The registered manager had worked at a different home that was in special measures.
"""

NEITHER = """
The service has been in special measures since 3 May 2022.
The service was in special measures.
The manager said special measures had changed how the team felt.
The service would be placed in special measures.
Families spoke of their shock after the home was placed in special measures.
The service must now improve within six months after being placed in special measures.
The council has not ruled out special measures.
The service has come through its time in special measures.
The provider has taken action while in special measures.
Progress has been made during the home's time in special measures.
The home has made good progress in special measures.
People were not supported due to special measures being in force in the pandemic.
When we inspected in 2022, the service was placed in special measures.
At the inspection of 4 May 2022 the service was rated inadequate and placed in special measures.
There was talk of special measures.
The manager joined while the home was in special measures.
The report confirms the home's move into special measures.
The report of 2020 put the service into special measures.
The home has been in and out of special measures for years.
We do not use special measures for dentists.
The court allowed special measures for vulnerable witnesses.
Staff knew about the special measures.
"""

OTHER_TRAPS = """
Being in special measures is not a punishment.
This was the first inspection since the service was placed in special measures.
This inspection was carried out to check whether improvements had been made following the service being placed in special measures.
There are currently 15 care homes in the region in special measures.
The manager has experience of taking homes out of special measures.
Not all services in special measures improve.
It has previously been placed in special measures.
The home has been placed in special measures twice before.
CQC can place services that are rated inadequate in special measures.
The home escaped being placed in special measures.
We told the provider the home could be placed in special measures.
If the home had not improved it would have been placed in special measures.
Had the home not improved, it would have been placed in special measures.
The home would have been placed in special measures had it not closed.
Before the last inspection the service had been in special measures.
The practice was in special measures from 2016 to 2018.
Between 2016 and 2018 the practice was in special measures.
A previous provider's home at this address had been placed in special measures.
We have not taken the decision to place the service in special measures.
No decision has been made to place the home in special measures.
Despite the rating, it does not go into special measures.
It is not proposed to place the service in special measures.
The hospital is run by a trust which is in special measures.
In special measures, providers are given six months to improve.
Staff put people first before the home went into special measures.
The service had been rated inadequate in 2021 and placed in special measures.
In 2019 the practice entered special measures.
It was rated inadequate and put into special measures at an inspection in 2020, and the present provider took over in 2021.
The home used to be in special measures.
We inspected to see whether the home should come out of special measures.
This inspection was to check if the service could come out of special measures.
If any key question is still inadequate the home will remain in special measures.
Should it be rated inadequate again, it will be placed in special measures.
The service will not be placed in special measures.
The home will not go into special measures.
It did not enter special measures.
CQC has decided against placing the home in special measures.
We have chosen not to place the service in special measures at this time.
This does not mean that the service is in special measures.
The service is good and has never needed special measures.
CQC could put the home into special measures.
The practice might go into special measures.
The home fears being placed in special measures.
The regulator is considering special measures for the home.
A different branch of the agency was placed in special measures.
One of its sister homes is in special measures.
The owner's two other homes are in special measures.
The group has three homes in special measures.
The ambulance trust was in special measures.
The hospital trust that runs the unit has been placed in special measures.
Services that are in special measures are inspected every six months.
Once in special measures, a service has six months to improve.
Special measures is a process.
Special measures means a service is monitored more closely.
To come out of special measures a service must not be inadequate in any key question.
How does a service come out of special measures?
We can place a service in special measures if it is inadequate.
The provider's action plan explained how it would get out of special measures.
The service took special measures for people at risk of choking.
At our last inspection the service was no longer in special measures.
At our last inspection it was still in special measures.
Following an earlier inspection, the home went into special measures.
The service was rated inadequate in March 2021 and placed in special measures.
In its last report the home was told it had been placed in special measures.
Some years ago the home was in special measures.
Special measures apply to services rated inadequate.
Special measures are for services that need to improve quickly.
The guidance explains what special measures are.
A service will enter special measures when it is rated inadequate.
Each service in special measures has a named inspector.
Services can remain in special measures for up to twelve months.
Without improvement, special measures would follow.
Special measures would be the next step.
The home was warned that special measures could follow.
It was saved from special measures by its good rating for caring.
The home's managers feared special measures.
The children's home was placed in special measures by Ofsted.
NHS England put the trust into special measures on CQC's recommendation.
A care home next door was placed in special measures.
The provider runs five other services, one of which is in special measures.
"""

SENTENCES = [
    pytest.param(sentence, state, id=f"{state.value}: {sentence}")
    for state, listed in (
        (IN, HOLDS_NOW), (ENTERED, ENTERED_WITH_THIS), (REMAINS, STILL_THERE), (LEFT, TAKEN_OUT), (NOT_STATED, HISTORY),
        (NOT_STATED, HOW_IT_WORKS), (NOT_STATED, THREATS_AND_DENIALS), (NOT_STATED, SOMEBODY_ELSES), (NOT_STATED, OTHER_TRAPS), (UNCLEAR, NEITHER),
    )
    for sentence in listed.strip().splitlines()
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "state"), SENTENCES)
def test_a_sentence_alone(sentence: str, state: MeasuresState) -> None:
    assert decide([sentence]).state is state


TEXTS = [
    pytest.param(
        [
            "The overall rating for this service is ‘Inadequate’ and the service is therefore in ‘special measures’. This means we will keep the "
            "service under review and, if we do not propose to cancel the provider’s registration, we will re-inspect within 6 months.",
            "If the provider has not made enough improvement within this timeframe. And there is still a rating of",
            "inadequate for any key question or overall rating, we will take action in line with our enforcement procedures.",
            "For adult social care services, the maximum time for being in special measures will usually be no more than 12 months. If the service "
            "has demonstrated improvements when we inspect it. And it is no longer rated as inadequate for any of the five key questions it will "
            "no longer be in special measures.",
        ],
        IN, "therefore in ‘special measures’", id="the standard paragraphs of a service that is in",
    ),
    pytest.param(
        [
            "This service has been in Special Measures since 12 March 2020. During this inspection the provider demonstrated that improvements "
            "have been made. The service is no longer rated as inadequate overall or in any of the key questions. Therefore, this service is no "
            "longer in Special Measures.",
        ],
        LEFT, "Therefore, this service is no longer", id="the standard exit, opened by how long it was in",
    ),
    pytest.param(
        ["This service has been in special measures since 12 March 2020.", "Not enough had changed, and the home remains in special measures."],
        REMAINS, "Not enough had changed", id="how long it was in, then that it stays",
    ),
    pytest.param(
        ["This service has been in special measures since 12 March 2020.", "Staff told us that morale was better."],
        UNCLEAR, "since 12 March 2020", id="how long it was in, and nothing that settles it",
    ),
    pytest.param(
        ["At our last inspection we rated the service inadequate. It was placed in special measures. Things had changed by this visit, and it has "
         "been taken out of special measures."],
        LEFT, "taken out", id="placed then, taken out now",
    ),
    pytest.param(
        ["At our last inspection we rated the service inadequate. It was placed in special measures.", "The home is now rated good."],
        NOT_STATED, None, id="placed then, told in two sentences, and only a rating now",
    ),
    pytest.param(
        ["Rating at last inspection", "Inadequate. The service was placed in special measures.", "Why we inspected", "We inspected to check."],
        NOT_STATED, None, id="history under its own heading",
    ),
    pytest.param(
        ["Rating at last inspection", "The service was rated good.", "Enforcement", "The service has been placed in special measures."],
        ENTERED, "has been placed", id="news under the next heading",
    ),
    pytest.param(
        ["I am placing this service in special measures. Services placed in special measures will be inspected again within six months. If "
         "insufficient improvements have been made such that there remains a rating of inadequate for any key question or overall, we will take "
         "action. The service will be kept under review. Special measures will give people who use the service the reassurance that the care they "
         "get should improve."],
        ENTERED, "I am placing", id="the chief inspector's letter to a practice",
    ),
    pytest.param(
        ["I am taking this practice out of special measures. This recognises the significant improvements that have been made."],
        LEFT, "I am taking", id="the chief inspector's letter on the way out",
    ),
    pytest.param(
        ["The overall rating for this provider is ‘Inadequate’. This means that it has been placed into ‘Special measures’ by CQC. The purpose of "
         "special measures is to:", "Ensure that providers found to be providing inadequate care significantly improve."],
        ENTERED, "has been placed into", id="the formula of 2015, with its purpose",
    ),
    pytest.param(
        ["Care home placed in special measures", "Beech House has been rated inadequate by the Care Quality Commission.",
         "The home is now in special measures, which means that it will be kept under close review.",
         "CQC will inspect it again. If it does not improve, it could close."],
        ENTERED, "Care home placed", id="a press release whose headline says more than its body",
    ),
    pytest.param(
        ["Beech House was rated inadequate and placed in special measures following an inspection in August 2025. The report was published in "
         "October 2025."],
        ENTERED, "following an inspection in August 2025", id="the date is that of the inspection reported",
    ),
    pytest.param(
        ["Beech House was rated inadequate and placed in special measures following an inspection in August 2023. In June 2025 it was rated good."],
        NOT_STATED, None, id="the date is that of an inspection long past",
    ),
    pytest.param(
        ["The service remains in special measures.", "We placed the service in special measures because people were not safe."],
        REMAINS, "remains", id="remains, and then how it came there",
    ),
    pytest.param(
        ["We have placed the service in special measures.", "It will remain in special measures until we inspect again."],
        ENTERED, "We have placed", id="placed, and will remain until",
    ),
    pytest.param(
        ["The home has come out of special measures.", "Another home of the same provider has been placed in special measures."],
        LEFT, "has come out", id="one leaves, a sister enters",
    ),
    pytest.param(
        ["The service is in special measures.", "The service is no longer in special measures."],
        UNCLEAR, "no longer", id="two statements of now that contradict each other",
    ),
    pytest.param(
        ["The service came out of special measures in 2021.", "This service has now been placed back in special measures."],
        ENTERED, "placed back", id="out once, and in again",
    ),
    pytest.param(
        ["The home was placed in special measures. It has now been taken out of them."],
        LEFT, "taken out of them", id="a sentence that points back",
    ),
    pytest.param(
        ["The practice entered special measures in 2022 but has since come out."],
        LEFT, "has since come out", id="a clause that points back",
    ),
    pytest.param(
        ["Special measures", "The purpose of special measures is to ensure that services improve.", "What does it mean for residents?"],
        NOT_STATED, None, id="a page about special measures",
    ),
    pytest.param(
        ["The trust was placed in special measures in 2019.", "This hospital was rated good."],
        NOT_STATED, None, id="the trust, not the hospital",
    ),
    pytest.param(
        ["Elmwood, run by Northside NHS Foundation Trust, has been placed in special measures."],
        ENTERED, "Elmwood", id="a service that a trust runs",
    ),
    pytest.param(
        ["We told the provider that it would be placed in special measures if things did not change.", "The rating is requires improvement."],
        NOT_STATED, None, id="a threat told in the past",
    ),
    pytest.param(
        ["The provider was told of the outcome.", "The service would be placed in special measures."],
        UNCLEAR, "would be", id="an announcement told in the past",
    ),
    pytest.param(
        ["CQC stopped short of putting the home in special measures, but issued a warning notice."],
        NOT_STATED, None, id="stopped short",
    ),
    pytest.param(
        ["The overall rating is requires improvement. However, because safe is still inadequate, the service remains in special measures."],
        REMAINS, "because safe is still inadequate", id="better overall, but still in",
    ),
    pytest.param(
        ["The service is no longer rated inadequate overall.", "However, we have kept it in special measures."],
        REMAINS, "we have kept it", id="better, but kept in",
    ),
    pytest.param(
        ["The service is in special", "measures."], IN, "special measures", id="the words are cut by a page break",
    ),
    pytest.param(
        ["The service is in SPECIAL\n   MEASURES ."], IN, "SPECIAL MEASURES", id="capitals and line breaks within the words",
    ),
    pytest.param(
        ["We rated the service inadequate. As a result it was placed in special measures."], ENTERED, "As a result", id="the simple past as news",
    ),
    pytest.param(["People were safe.", "Staff were kind."], NOT_STATED, None, id="nothing of it"),
    pytest.param([], NOT_STATED, None, id="no text"),
    pytest.param(
        ["Q: When will the home leave special measures?", "A: Homes can leave special measures once they are no longer inadequate."],
        NOT_STATED, None, id="questions and answers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "state", "quote"), TEXTS)
def test_a_whole_text(paragraphs: list[str], state: MeasuresState, quote: str | None) -> None:
    decided = decide(paragraphs)
    assert decided.state is state
    if quote is None:
        assert decided.quote is None
    else:
        assert decided.quote is not None
        assert quote in decided.quote


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_decides_its_own_example_and_nothing_else_would(rule: Rule) -> None:
    others = [each for each in RULES if each is not rule]
    assert decide([rule.example]).state is rule.says
    assert special_measures._decide([rule.example], others)[0].state is not rule.says


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(SENTENCES) >= 150
    assert len(TEXTS) >= 30
