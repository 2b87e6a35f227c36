# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Sentences that mention special measures but do not say whether this service is in special measures now."""


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
The home came close to being placed in special measures.
The service has come very close to going into special measures.
The home was within a whisker of going into special measures.
The home only just missed being put into special measures.
The practice was one step away from special measures.
The home was nearly placed in special measures.
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
